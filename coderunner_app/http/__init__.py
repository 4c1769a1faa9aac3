"""What the web process serves besides events: the built pages, signing in and out, health; and the headers of all."""
