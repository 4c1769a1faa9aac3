"""What goes into the sandbox image; a package so that both ends of the wire read the same `box.wire`."""
