using System.Text;

namespace Relay.Text;

/// <summary>Leaves out the middle of a long text: what a command was doing stands at its start, why it failed at its end.</summary>
internal static class LongText
{
    /// <summary>At most <paramref name="longest"/> characters of <paramref name="text"/>, with the number of bytes left out written where they were.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        // The mark's own length depends on the number in it; the whole text's size is the largest that it can say.
        var room = longest - Mark(Encoding.UTF8.GetByteCount(text)).Length;
        var head = WholeCharacters(text, room / 3);
        var tail = WholeCharacters(text, text.Length - (room - room / 3), forward: true);
        return text[..head] + Mark(Encoding.UTF8.GetByteCount(text.AsSpan(head, tail - head))) + text[tail..];
    }

    private static string Mark(int bytes) => $"\n[… {bytes} bytes left out …]\n";

    /// <summary>The index itself, or the next one at which no surrogate pair is split.</summary>
    private static int WholeCharacters(string text, int index, bool forward = false) =>
        char.IsLowSurrogate(text[index]) ? index + (forward ? 1 : -1) : index;
}
