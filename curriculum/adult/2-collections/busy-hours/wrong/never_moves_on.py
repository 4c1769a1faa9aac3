def busy_hours(meetings):
    periods = sorted(list(meeting) for meeting in meetings)
    index = 0
    while index < len(periods) - 1:
        if periods[index + 1][0] <= periods[index][1]:
            periods[index][1] = max(periods[index][1], periods[index + 1][1])
            del periods[index + 1]
    return periods
