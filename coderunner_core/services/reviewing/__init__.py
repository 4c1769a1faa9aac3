"""Work looked at again, by who did it and by their teachers: earlier runs, comments, a student's page, reports."""
