namespace Local.SlackEmulator;

/// <summary>The posts that reached one destination; edits are not counted.</summary>
/// <param name="Accepted">Messages kept.</param>
/// <param name="RateLimited">Posts answered 429.</param>
/// <param name="Refused">Posts answered with any other refusal or fault.</param>
/// <param name="SmallestGapMs">The least time between two posts in a row, whatever was answered; null before the second one.</param>
public sealed record DestinationStats(int Accepted, int RateLimited, int Refused, double? SmallestGapMs)
{
    public static DestinationStats None { get; } = new(0, 0, 0, null);
}
