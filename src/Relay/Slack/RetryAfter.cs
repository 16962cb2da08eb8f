using System.Globalization;
using System.Net.Http.Headers;

namespace Relay.Slack;

/// <summary>How long Slack wants to be left alone after a 429.</summary>
internal static class RetryAfter
{
    /// <summary>Slack takes one message a second for each channel, so that less would be refused again.</summary>
    /// <remarks>https://docs.slack.dev/apis/web-api/rate-limits</remarks>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>More is not believed, so that one garbled reply cannot silence a route for a day.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Where the reply does not say.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    /// <summary>The header's seconds or date, else the body's seconds.</summary>
    public static TimeSpan Of(string? header, double? body, DateTimeOffset now) =>
        Seconds(header) ?? Date(header, now) ?? Bounded(body) ?? Default;

    private static TimeSpan? Seconds(string? header) =>
        double.TryParse(header?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? Bounded(seconds)
            : null;

    private static TimeSpan? Date(string? header, DateTimeOffset now) =>
        RetryConditionHeaderValue.TryParse(header, out var value) && value.Date is { } date
            ? Bounded(Math.Max(0, (date - now).TotalSeconds))
            : null;

    private static TimeSpan? Bounded(double? seconds) =>
        seconds >= 0
            ? TimeSpan.FromSeconds(Math.Clamp(seconds.Value, Shortest.TotalSeconds, Longest.TotalSeconds))
            : null;
}
