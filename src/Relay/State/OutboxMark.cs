using Relay.Incidents;
using Relay.Storage;

namespace Relay.State;

/// <summary>Word that an incident has to be looked at, and the blob that says so. It is there as long as the incident goes on.</summary>
/// <param name="NewsSince">When the oldest news that Slack does not know were received; null while there are none.</param>
/// <param name="Look">Nothing is due before this time; null where that is not known.</param>
/// <param name="Failures">How often in a row the incident could not be read or kept.</param>
internal sealed record OutboxMark(Fingerprint Incident, DateTimeOffset? NewsSince, DateTimeOffset? Look, int Failures, StoredBlob Blob)
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(1);

    /// <summary>Whether something may be due.</summary>
    public bool IsDue(DateTimeOffset now) => !(Look > now);

    /// <summary>What the marks are taken in the order of: whose news have waited longest, or whose look is due longest.</summary>
    public DateTimeOffset WaitsSince => NewsSince ?? Look ?? DateTimeOffset.MinValue;

    /// <summary>How long to leave the incident alone after one more failure: a minute, then twice as long each time, at most an hour.</summary>
    public TimeSpan PauseAfterFailure => Failures > 5 ? _longestPause : _shortestPause * (1 << Failures);
}
