using System.Globalization;

namespace Relay.Slack;

/// <summary>Times as people read them.</summary>
/// <remarks>https://docs.slack.dev/messaging/formatting-message-text#date-formatting</remarks>
internal static class SlackTime
{
    /// <summary>Wire text that Slack shows in the time zone of whoever reads it; only for text that Slack formats.</summary>
    public static string Of(DateTimeOffset at)
    {
        var elsewhere = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return $"<!date^{at.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{elsewhere}>";
    }

    /// <summary>In two units at most, such as <c>1 h 12 min</c>.</summary>
    public static string Duration(TimeSpan lasted) => lasted switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => $"{lasted.Minutes} min",
        { TotalDays: < 1, Minutes: 0 } => $"{lasted.Hours} h",
        { TotalDays: < 1 } => $"{lasted.Hours} h {lasted.Minutes} min",
        { Hours: 0 } => $"{lasted.Days} d",
        _ => $"{lasted.Days} d {lasted.Hours} h",
    };
}
