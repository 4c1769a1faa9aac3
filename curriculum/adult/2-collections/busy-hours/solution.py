def busy_hours(meetings):
    periods = []
    for start, end in sorted(meetings):
        if periods and start <= periods[-1][1]:
            periods[-1][1] = max(periods[-1][1], end)
        else:
            periods.append([start, end])
    return periods
