using System.Globalization;
using Relay.Text;

namespace Relay.Messages;

/// <summary>The rule that says when a message comes again that storage did not let us handle.</summary>
internal static class Postponement
{
    private const int Shortest = 5;
    private const int Longest = 300;

    /// <summary>The message as it comes again, and after how long: 5, 10, 20 … seconds, at most five minutes, and up to half as much more.</summary>
    /// <remarks>The message itself decides how much more, so that a thousand of them do not come back in the same second.</remarks>
    public static (RelayMessage Later, TimeSpan Delay) Of(RelayMessage message)
    {
        var later = message with { Postponed = (message.Postponed ?? 0) + 1 };
        var seconds = Math.Min(Longest, Shortest << Math.Min(message.Postponed ?? 0, 6));
        var share = uint.Parse(ShortHash.Of(later.ToJson())[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)uint.MaxValue;
        return (later, TimeSpan.FromSeconds(seconds * (1 + (share / 2))));
    }
}
