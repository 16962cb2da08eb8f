using System.Globalization;

namespace Local.SlackEmulator;

/// <summary>Slack's <c>ts</c>: seconds and six more digits, and no two messages share one. Not thread-safe.</summary>
internal sealed class MessageIds
{
    private const long MicrosecondsInSecond = 1_000_000;

    private long lastId;
    private long lastMicroseconds;

    public long NextId() => ++lastId;

    public string NextTs(DateTimeOffset now)
    {
        var microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        lastMicroseconds = Math.Max(microseconds, lastMicroseconds + 1);
        var (seconds, rest) = Math.DivRem(lastMicroseconds, MicrosecondsInSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest:D6}");
    }
}
