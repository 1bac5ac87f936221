"""The bot as a process, killed over and over while people talk to it; then all is counted."""
