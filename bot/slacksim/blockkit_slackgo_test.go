package slacksim

import (
	"encoding/json"
	"testing"

	"github.com/slack-go/slack"
)

// What slack-go makes is an independent reading of Slack's reference. These
// tests hold the tables against its types, field by field.

func slackText(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func slackMrkdwn(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

func slackOptions() []*slack.OptionBlockObject {
	return []*slack.OptionBlockObject{
		slack.NewOptionBlockObject("a", slackText("A"), slackText("First")),
		slack.NewOptionBlockObject("b", slackText("B"), nil),
	}
}

func slackRich(id string) *slack.RichTextBlock {
	style := &slack.RichTextSectionTextStyle{Bold: true, Italic: true}
	address, fallback := "https://example.com", "today"
	section := slack.NewRichTextSection(
		slack.NewRichTextSectionTextElement("Hei", style),
		slack.NewRichTextSectionLinkElement("https://example.com", "here", nil),
		slack.NewRichTextSectionUserElement("U1", nil),
		slack.NewRichTextSectionChannelElement("C1", nil),
		slack.NewRichTextSectionEmojiElement("wave", 2, nil),
		slack.NewRichTextSectionDateElement(1795435200, "{date}", &address, &fallback),
		slack.NewRichTextSectionUserGroupElement("S1"),
		slack.NewRichTextSectionBroadcastElement("here"),
		slack.NewRichTextSectionColorElement("#ffffff"),
		slack.NewRichTextSectionTeamElement("T1", nil),
		slack.NewRichTextSectionTagElement("new", nil),
	)
	code := []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement("code", nil)}
	return slack.NewRichTextBlock(id, section,
		slack.NewRichTextList(slack.RTEListBullet, 1, slack.NewRichTextSection(code...)),
		&slack.RichTextQuote{Type: slack.RTEQuote, Elements: code},
		&slack.RichTextPreformatted{Type: slack.RTEPreformatted, Elements: code, Language: "go"},
	)
}

// slackInputs are input elements of every kind, each with all its fields.
func slackInputs() []slack.BlockElement {
	hint, three, options := slackText("Pick"), 3, slackOptions()
	static := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, hint, "a", options...).WithInitialOption(options[0])
	static.FocusOnLoad = true
	grouped := slack.NewOptionsGroupMultiSelectBlockElement(slack.MultiOptTypeStatic, hint, "a",
		slack.NewOptionGroupBlockElement(slackText("G"), options...)).WithInitialOptions(options[1]).WithMaxSelectedItems(3)
	external := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeExternal, hint, "a").WithMinQueryLength(three)
	conversation := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, hint, "a")
	conversation.Filter = &slack.SelectBlockElementFilter{Include: []string{"im"}, ExcludeBotUsers: true}
	conversation.DefaultToCurrentConversation, conversation.ResponseURLEnabled = true, true
	boxes := slack.NewCheckboxGroupsBlockElement("a", options...)
	boxes.InitialOptions = options
	radio := slack.NewRadioButtonsBlockElement("a", options...)
	radio.InitialOption = options[1]
	date := slack.NewDatePickerBlockElement("a")
	date.InitialDate, date.Placeholder = "2026-11-23", hint
	clock := slack.NewTimePickerBlockElement("a")
	clock.InitialTime, clock.Timezone = "09:00", "Europe/Oslo"
	moment := slack.NewDateTimePickerBlockElement("a")
	moment.InitialDateTime = 1795435200
	rich := slack.NewRichTextInputBlockElement(hint, "a")
	rich.InitialValue, rich.MaxLines = slackRich(""), 5
	config := &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_enter_pressed"}}
	return []slack.BlockElement{
		static, grouped, external, conversation, boxes, radio, date, clock, moment, rich,
		slack.NewOptionsSelectBlockElement(slack.OptTypeUser, hint, "a").WithInitialUser("U1"),
		slack.NewOptionsSelectBlockElement(slack.OptTypeChannels, hint, "a").WithInitialChannel("C1"),
		slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, hint, "a").WithInitialUsers("U1"),
		slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeChannels, hint, "a").WithInitialChannels("C1"),
		slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeConversations, hint, "a").WithInitialConversations("C1"),
		slack.NewPlainTextInputBlockElement(hint, "a").WithInitialValue("x").WithMultiline(true).
			WithMinLength(1).WithMaxLength(9).WithDispatchActionConfig(config),
		slack.NewEmailTextInputBlockElement(hint, "a"),
		slack.NewURLTextInputBlockElement(hint, "a"),
		slack.NewNumberInputBlockElement(hint, "a", true).WithMinValue("0").WithMaxValue("9.5").WithInitialValue("1"),
		slack.NewFileInputBlockElement("a").WithFileTypes("pdf").WithMaxFiles(1),
	}
}

func TestSlackGoModalPasses(t *testing.T) {
	blocks := []slack.Block{
		slack.NewHeaderBlock(slackText("New role"), slack.HeaderBlockOptionLevel(2)),
		slack.NewAlertBlock(slackMrkdwn("Check the dates."), slack.AlertBlockOptionLevel(slack.AlertLevelInfo)),
		slackRich("rich"),
	}
	for _, element := range slackInputs() {
		input := slack.NewInputBlock("", slackText("Label"), slackText("Hint"), element)
		blocks = append(blocks, input.WithOptional(true).WithDispatchAction(true))
	}
	raw, err := json.Marshal(slack.ModalViewRequest{
		Type: slack.VTModal, Title: slackText("Role"), Submit: slackText("Save"), Close: slackText("Cancel"),
		CallbackID: "role", ExternalID: "role-1", PrivateMetadata: "{}", NotifyOnClose: true, ClearOnClose: true,
		Blocks: slack.Blocks{BlockSet: blocks},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := CheckView(raw); len(got) > 0 {
		t.Errorf("got %q for %s", got, raw)
	}
}

func TestSlackGoHomePasses(t *testing.T) {
	confirm := slack.NewConfirmationBlockObject(slackText("Sure?"), slackMrkdwn("*Really*"), slackText("Yes"), slackText("No"))
	button := slack.NewButtonBlockElement("go", "1", slackText("Go")).WithStyle(slack.StylePrimary).
		WithConfirm(confirm.WithStyle(slack.StyleDanger)).WithURL("https://example.com")
	table := slack.NewTableBlock("table").AddRow(
		slack.NewTableRawTextCell("a"), slack.NewTableRawNumberCell(1).WithText("one"),
		slack.NewTableRichTextCell(slackRich("").Elements...),
	).WithColumnSettings(slack.ColumnSetting{Align: slack.ColumnAlignmentRight})
	raw, err := json.Marshal(slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, CallbackID: "home", PrivateMetadata: "x", ExternalID: "home-U1",
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewSectionBlock(slackMrkdwn("*Hei*"), nil, slack.NewAccessory(button), slack.SectionBlockOptionBlockID("s")),
			slack.NewSectionBlock(nil, []*slack.TextBlockObject{slackText("a"), slackMrkdwn("b")}, nil),
			slack.NewDividerBlock(),
			slack.NewContextBlock("c", slackMrkdwn("x"), slack.NewImageBlockElement("https://example.com/a.png", "A")),
			slack.NewActionBlock("a", button, slack.NewOverflowBlockElement("more", slackOptions()...).WithConfirm(confirm)),
			slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: "F1"}, "A", "i", slackText("T")),
			slack.NewVideoBlock("https://a.b/v", "https://a.b/t", "A", "v", slackText("T")).WithTitleURL("https://a.b"),
			table,
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := CheckView(raw); len(got) > 0 {
		t.Errorf("got %q for %s", got, raw)
	}
}

func TestSlackGoMessagePasses(t *testing.T) {
	button := slack.NewButtonBlockElement("go", "1", slackText("Go"))
	axis := slack.NewDataVisualizationAxisConfig("Mon", "Tue").WithXLabel("Day").WithYLabel("People")
	series := slack.NewDataVisualizationDataSeries("Asked",
		slack.NewDataVisualizationDataPoint("Mon", 1), slack.NewDataVisualizationDataPoint("Tue", -1))
	card := slack.NewCardBlock().WithTitle(slackMrkdwn("T")).WithSubtitle(slackText("S")).WithBody(slackText("B")).
		WithSubtext(slackText("s")).WithSlackIcon(slack.NewSlackIconObject("rocket")).WithActions(button)
	task := slack.NewTaskCardBlock("t", "T").WithStatus(slack.TaskCardStatusComplete).WithDetails(slackRich("")).
		WithOutput(slackRich("")).WithSources(slack.NewTaskCardSource("https://a.b", "x")).WithHideTitle(true)
	yes, no := slack.NewFeedbackButton(slackText("+"), "1"), slack.NewFeedbackButton(slackText("-"), "0")
	container := slack.NewContainerBlock(slack.NewDividerBlock()).WithTitle(slackText("T")).
		WithSubtitle(slackMrkdwn("S")).WithWidth(slack.ContainerWidthWide).WithCollapsible(true, true)
	item := slack.NewLayoutItem(container).WithWidth(slack.LayoutWidthNarrow).
		WithHorizontalAlignment(slack.LayoutHorizontalAlignmentEnd)
	grid := slack.NewDataTableBlock("Roles", slack.DataTableBlockOptionBlockID("g")).WithPageSize(10).
		AddRow(slack.NewDataTableRawTextCell("Role"), slack.NewDataTableRawTextCell("Open"), slack.NewDataTableRawTextCell("")).
		AddRow(slack.NewDataTableRichTextCell(slackRich("").Elements...), slack.NewDataTableRawNumberCell(2),
			slack.NewDataTableActionCell(button).WithFallback(slack.NewDataTableRawTextCell("Go")))
	grid.Rows[0][2] = slack.NewDataTableRawTextCell("Do")
	raw, err := json.Marshal([]slack.Block{
		slack.NewMarkdownBlock("m", "# Hei"),
		slack.NewDataVisualizationBlock("Line", slack.NewDataVisualizationLineChart(axis, series)),
		slack.NewDataVisualizationBlock("Pie", slack.NewDataVisualizationPieChart(slack.NewDataVisualizationSegment("a", 1))),
		card, slack.NewCarouselBlock(slack.NewCardBlock().WithBody(slackText("B"))),
		slack.NewPlanBlock("P").WithTasks(task), task,
		slack.NewContextActionsBlock("ca", slack.NewFeedbackButtonsBlockElement("f", yes, no),
			slack.NewIconButtonBlockElement("trash", slackText("Delete"), "i").WithVisibleToUserIDs([]string{"U1"})),
		slack.NewLayoutBlock("L", slack.NewLayoutRow(item)).WithGridLines(slack.LayoutGridLinesRows).WithFallback(slack.NewDividerBlock()),
		slack.NewCallBlock("R1"), grid,
		slack.NewActionBlock("w", slack.NewWorkflowButtonBlockElement(slackText("W"), &slack.Workflow{
			Trigger: &slack.WorkflowTrigger{URL: "https://slack.com/shortcuts/1"}}, "w")),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := CheckMessage(raw); len(got) > 0 {
		t.Errorf("got %q for %s", got, raw)
	}
}

// TestSlackGoNilBlocksAreRefused holds the trap that slack-go sets: a view whose
// Blocks are nil goes out as "blocks":null.
func TestSlackGoNilBlocksAreRefused(t *testing.T) {
	raw, err := json.Marshal(slack.HomeTabViewRequest{Type: slack.VTHomeTab})
	if err != nil {
		t.Fatal(err)
	}
	want := "must provide an array [json-pointer:/view/blocks]"
	if got := CheckView(raw); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
