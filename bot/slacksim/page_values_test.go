package slacksim

import (
	"encoding/json"
	"testing"
)

func TestValuesFromThePage(t *testing.T) {
	s, _ := shown(t)
	options := `"options":[{"text":{"type":"plain_text","text":"Go"},"value":"go"},{"text":{"type":"plain_text","text":"SQL"},"value":"sql"}]`
	tests := []struct{ it, element, given, want string }{
		{"text", `{"type":"plain_text_input"}`, `{"value":"hi"}`, `{"type":"plain_text_input","value":"hi"}`},
		{"no text", `{"type":"plain_text_input"}`, `{"value":""}`, `{"type":"plain_text_input","value":null}`},
		{"too much text", `{"type":"plain_text_input","max_length":1}`, `{"value":"hi"}`, ""},
		{"text that is a number", `{"type":"plain_text_input"}`, `{"value":7}`, ""},
		{"a number", `{"type":"number_input"}`, `{"value":"7"}`, `{"type":"number_input","value":"7"}`},
		{"a number that is none", `{"type":"number_input"}`, `{"value":"seven"}`, ""},
		{"a date", `{"type":"datepicker"}`, `{"selected_date":"2026-11-23"}`, `{"selected_date":"2026-11-23","type":"datepicker"}`},
		{"a date that is none", `{"type":"datepicker"}`, `{"selected_date":"tomorrow"}`, ""},
		{"a time", `{"type":"timepicker"}`, `{"selected_time":"09:30"}`, `{"selected_time":"09:30","type":"timepicker"}`},
		{"a time that is none", `{"type":"timepicker"}`, `{"selected_time":"25:00"}`, ""},
		{"a moment", `{"type":"datetimepicker"}`, `{"selected_date_time":1761213600}`, `{"selected_date_time":1761213600,"type":"datetimepicker"}`},
		{"a moment that is none", `{"type":"datetimepicker"}`, `{"selected_date_time":"soon"}`, ""},
		{"an option, as it was offered", `{"type":"static_select",` + options + `}`, `{"selected_option":{"value":"go"}}`, `{"selected_option":{"text":{"text":"Go","type":"plain_text"},"value":"go"},"type":"static_select"}`},
		{"an option that was not offered", `{"type":"static_select",` + options + `}`, `{"selected_option":{"value":"rust"}}`, ""},
		{"several options", `{"type":"checkboxes",` + options + `}`, `{"selected_options":[{"value":"sql"}]}`, `{"selected_options":[{"text":{"text":"SQL","type":"plain_text"},"value":"sql"}],"type":"checkboxes"}`},
		{"more options than may be chosen", `{"type":"multi_static_select","max_selected_items":1,` + options + `}`, `{"selected_options":[{"value":"sql"},{"value":"go"}]}`, ""},
		{"no list", `{"type":"checkboxes",` + options + `}`, `{"selected_options":"go"}`, ""},
		{"nothing of several", `{"type":"multi_users_select"}`, `{}`, `{"selected_users":[],"type":"multi_users_select"}`},
		{"a person", `{"type":"users_select"}`, `{"selected_user":"U0OLA"}`, `{"selected_user":"U0OLA","type":"users_select"}`},
		{"a person who is nobody", `{"type":"users_select"}`, `{"selected_user":"U0EVE"}`, ""},
		{"people", `{"type":"multi_users_select"}`, `{"selected_users":["U0OLA","U0KARI"]}`, `{"selected_users":["U0OLA","U0KARI"],"type":"multi_users_select"}`},
		{"a channel", `{"type":"channels_select"}`, `{"selected_channel":"C0ALL"}`, `{"selected_channel":"C0ALL","type":"channels_select"}`},
		{"what only the app knows", `{"type":"external_select"}`, `{"selected_option":{"value":"41","text":{"type":"plain_text","text":"Nora"}}}`, `{"selected_option":{"text":{"text":"Nora","type":"plain_text"},"value":"41"},"type":"external_select"}`},
		{"a button", `{"type":"button"}`, `{"value":"x"}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			e, _ := parse(json.RawMessage(tt.element)).(object)
			given, _ := parse(json.RawMessage(tt.given)).(object)
			s.mu.Lock()
			defer s.mu.Unlock()
			got, err := s.state(e, given)
			if tt.want == "" {
				if err == nil {
					t.Errorf("%v was taken", got)
				}
				return
			}
			if raw, _ := json.Marshal(got); err != nil || string(raw) != tt.want {
				t.Errorf("got %s, %v; want %s", raw, err, tt.want)
			}
		})
	}
}
