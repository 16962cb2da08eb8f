namespace Local.SlackEmulator;

/// <summary>The posts and edits that reached one destination.</summary>
/// <param name="Accepted">Messages kept.</param>
/// <param name="Edited">Edits of messages.</param>
/// <param name="RateLimited">Calls answered 429.</param>
/// <param name="Refused">Calls answered with any other refusal or fault.</param>
/// <param name="SmallestGapMs">The least time between two calls in a row, whatever was answered; null before the second one.</param>
public sealed record DestinationStats(int Accepted, int Edited, int RateLimited, int Refused, double? SmallestGapMs)
{
    public static DestinationStats None { get; } = new(0, 0, 0, 0, null);
}
