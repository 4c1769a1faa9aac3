def busy_hours(meetings):
    periods = []
    # Merge the meetings into periods.
    return periods


print(busy_hours([[9, 10.5], [14, 15], [10, 12]]))
