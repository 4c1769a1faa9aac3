def busy_hours(meetings):
    meetings = sorted(meetings)
    periods = [list(meetings[0])]
    for start, end in meetings[1:]:
        if start <= periods[-1][1]:
            periods[-1][1] = max(periods[-1][1], end)
        else:
            periods.append([start, end])
    return periods
