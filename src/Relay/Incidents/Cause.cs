using Relay.Reports;
using Relay.Text;

namespace Relay.Incidents;

/// <summary>Why a task failed on a host.</summary>
/// <param name="Line">The one line that tells an engineer what went wrong, at most 300 characters.</param>
/// <param name="Key">16 hexadecimal digits over the line's pattern: equal keys are one cause, whatever process or time a line names.</param>
public sealed record Cause(string Line, string Key)
{
    private const int Longest = 300;

    /// <summary>The cause that the event names.</summary>
    /// <remarks>
    /// The callback chooses it from the whole output and knows all host names. Only for an event that names none the relay takes
    /// the message, unless that says nothing, else the first line of the output.
    /// </remarks>
    internal static Cause Of(Event one)
    {
        if (one is { Cause: { Length: > 0 } named, CauseKey: { } key })
        {
            return new(named, key);
        }

        string?[] texts = GenericMessage.Is(one.Message) ? [one.Stderr, one.Stdout, one.Message] : [one.Message, one.Stderr, one.Stdout];
        var line = one.Cause ?? texts.Select(FirstLineOf).FirstOrDefault(text => text.Length > 0) ?? "";
        return new(line, ShortHash.Of(line));
    }

    private static string FirstLineOf(string? text)
    {
        var line = (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        return line.Length <= Longest ? line
            : char.IsHighSurrogate(line[Longest - 1]) ? line[..(Longest - 1)]
            : line[..Longest];
    }
}
