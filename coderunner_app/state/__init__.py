"""One flat state a page: handlers that check who asks, call one service and assign what it answers."""
