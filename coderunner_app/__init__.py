"""What the browser shows: pages made of components, components that read state, state that calls services."""
