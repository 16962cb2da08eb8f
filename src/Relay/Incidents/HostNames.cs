using System.Text;

namespace Relay.Incidents;

/// <summary>Takes the names of hosts out of a text, so that it is the same on every host.</summary>
internal static class HostNames
{
    private const string Placeholder = "<host>";
    private const int Shortest = 3;

    /// <summary><paramref name="text"/> with a placeholder for each of <paramref name="hosts"/>, the longest name first.</summary>
    public static string TakenOutOf(string text, IEnumerable<string?> hosts) => hosts
        .OfType<string>()
        .SelectMany(Spellings)
        .Where(host => host.Length >= Shortest)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(host => host.Length)
        .Aggregate(text, WithoutWord);

    /// <summary>The name, and what comes before its first dot: people often name a machine without its domain.</summary>
    private static string[] Spellings(string host) =>
        host.Split('.') is [var label, _, ..] && !label.All(char.IsAsciiDigit) ? [host, label] : [host];

    /// <summary>Not a regex: one for each host would take longer to make than to run.</summary>
    private static string WithoutWord(string text, string word)
    {
        var rest = new StringBuilder();
        var (done, at) = (0, -1);

        while ((at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            if (at >= done && !IsLetter(at - 1) && !IsLetter(at + word.Length))
            {
                rest.Append(text, done, at - done).Append(Placeholder);
                done = at + word.Length;
            }
        }

        return rest.Append(text, done, text.Length - done).ToString();

        bool IsLetter(int index) => index >= 0 && index < text.Length && char.IsLetterOrDigit(text[index]);
    }
}
