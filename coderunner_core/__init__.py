"""What the web and the worker share: settings, errors, models, stores, queue, events and services."""
