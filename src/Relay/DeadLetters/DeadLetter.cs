using System.Text;
using System.Text.Json;
using Relay.Messages;
using Relay.Text;

namespace Relay.DeadLetters;

/// <summary>A queue message that could not be handled, as much of it as may be shown.</summary>
/// <param name="Text">The message as it was in the queue, for the blob alone.</param>
/// <param name="Kind">What it carried, as the relay names it.</param>
/// <param name="Why">What is known of the reason. May quote the message.</param>
internal sealed record DeadLetter(string Text, string Kind, string Why)
{
    private const int LongestWhy = 500;

    /// <summary>The same for the same message.</summary>
    public string Hash => ShortHash.Of(Text);

    /// <summary>How large it is.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Text);

    /// <summary>Finds out what can be found out from the message alone.</summary>
    public static DeadLetter Of(string text)
    {
        try
        {
            return new(
                text,
                KindOf(RelayMessage.Parse(text)),
                "Handling it failed as often as the queue allows. The log of that time says why.");
        }
        catch (JsonException e)
        {
            return new(text, "unreadable", LongText.Cut($"It is no message of this relay. {e.Message}", LongestWhy));
        }
    }

    private static string KindOf(RelayMessage message) => message switch
    {
        EventsMessage => "events",
        FlushMessage => "flush",
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "This kind of message has no name yet."),
    };
}
