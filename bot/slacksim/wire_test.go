package slacksim_test

import (
	"net/http"

	"github.com/gorilla/websocket"
)

func dial(url string) (*websocket.Conn, *http.Response, error) {
	return websocket.DefaultDialer.Dial(url, nil)
}
