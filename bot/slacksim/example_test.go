package slacksim_test

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// An app posts a message, and a person reads it.
func Example() {
	s, err := slacksim.Start(slacksim.Options{Clock: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		panic(err)
	}
	defer s.Close()
	kari := s.AddUser(slacksim.User{Name: "kari", RealName: "Kari Solberg"})

	api := slack.New(s.BotToken(), slack.OptionAPIURL(s.APIURL()))
	_, _, _ = api.PostMessage(kari.ID, slack.MsgOptionText("Good morning, <@"+kari.ID+">! It is <!date^1795424400^{time}|now>.", false))

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	m, _ := kari.AwaitMessage(ctx, kari.DM(), func(slacksim.Message) bool { return true })
	fmt.Println(s.Text(m, time.UTC))
	// Output: Good morning, @Kari Solberg! It is 09:00.
}
