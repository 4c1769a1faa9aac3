"""What admins see of the installation and may do to it. Services, like those beside it: the actor comes first."""
