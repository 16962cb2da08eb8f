namespace Relay.Slack;

/// <summary>What there is to do about an error.</summary>
internal enum ErrorKind
{
    RateLimited,
    Retry,
    Malformed,
    Gone,
    MessageGone,
}
