using System.Text;
using System.Text.RegularExpressions;

namespace Relay.Incidents;

/// <summary>Takes out of an error's text what differs from host to host and from run to run.</summary>
internal static class MessagePattern
{
    /// <summary>How many characters of a message count; what comes after them may be cut.</summary>
    public const int Considered = 500;

    private const int Longest = 200;
    private const int ShortestHost = 3;

    /// <summary>What newer versions of Ansible put before many messages.</summary>
    private static readonly string[] _prefixes = ["Task failed: ", "Action failed: ", "Module failed: "];

    /// <summary>The same failure as different versions of Ansible say it.</summary>
    private static readonly Dictionary<string, string> _synonyms = new()
    {
        ["The command exited with a non-zero return code."] = "non-zero return code",
    };

    /// <summary>Messages that say that something failed, but not what.</summary>
    private static readonly HashSet<string> _generic = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "non-zero return code", "One or more items failed", "All items completed", "(traceback unavailable)",
    };

    /// <summary>In this order: a date is made of numbers, and a temporary path of hexadecimal runs.</summary>
    private static readonly (Regex Pattern, string Placeholder)[] _volatile =
    [
        (Linear(@"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"), "<uuid>"),
        (Linear(@"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?"), "<time>"),
        (Linear(@"[^\s'""=(]*/\.ansible/tmp/[^\s'"":,;)]+"), "<tmp>"),
        (Linear(@"(/private)?(/var)?/tmp/[^\s'"":,;)]+"), "<tmp>"),
        (Linear(@"\b\d{1,3}(\.\d{1,3}){3}\b(:\d+)?"), "<address>"),
        (Linear(@"\b([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}\b"), "<address>"),
        (Linear(@"\b([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\b"), "<address>"),
        (Linear(@"\b([0-9a-fA-F]{1,4}:){1,7}:([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){0,6})?"), "<address>"),
        (Linear(@"\b\d{1,2}:\d{2}:\d{2}([.,]\d+)?\b"), "<time>"),
        (Linear(@"\b0x[0-9a-fA-F]+\b"), "<hex>"),
        (Linear(@"\b[0-9a-fA-F]{7,}\b"), "<hex>"),
        (Linear(@"\d+(\.\d+)*"), "<n>"),
        (Linear(@"\s+"), " "),
    ];

    /// <summary>The pattern of <paramref name="text"/>, in which <paramref name="hosts"/> are placeholders too.</summary>
    public static string Of(string? text, IEnumerable<string?> hosts)
    {
        var pattern = WithoutHosts(Plain(text), hosts);

        foreach (var (volatilePart, placeholder) in _volatile)
        {
            pattern = volatilePart.Replace(pattern, placeholder);
        }

        return pattern.Length <= Longest ? pattern : pattern[..Longest];
    }

    /// <summary>Whether the message leaves it to the output, or to the items of a loop, to say what failed.</summary>
    public static bool IsGeneric(string? message) => _generic.Contains(Plain(message));

    /// <summary><paramref name="text"/> with a placeholder for each of <paramref name="hosts"/>, the longest name first.</summary>
    public static string WithoutHosts(string text, IEnumerable<string?> hosts) => hosts
        .OfType<string>()
        .SelectMany(Spellings)
        .Where(host => host.Length >= ShortestHost)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(host => host.Length)
        .Aggregate(text, (rest, host) => WithoutName(rest, host, "<host>"));

    /// <summary>The name, and what comes before its first dot: errors often name a machine without its domain.</summary>
    private static string[] Spellings(string host) =>
        host.Split('.') is [var label, _, ..] && !label.All(char.IsAsciiDigit) ? [host, label] : [host];

    /// <summary>Not a regex: one for each host would take longer to make than to run.</summary>
    private static string WithoutName(string text, string name, string placeholder)
    {
        var rest = new StringBuilder();
        var (done, at) = (0, -1);

        while ((at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            if (at >= done && !IsLetter(at - 1) && !IsLetter(at + name.Length))
            {
                rest.Append(text, done, at - done).Append(placeholder);
                done = at + name.Length;
            }
        }

        return rest.Append(text, done, text.Length - done).ToString();

        bool IsLetter(int index) => index >= 0 && index < text.Length && char.IsLetterOrDigit(text[index]);
    }

    /// <summary>The message as the oldest version of Ansible says it.</summary>
    private static string Plain(string? message)
    {
        var text = (message ?? "").Trim();
        while (Array.Find(_prefixes, text.StartsWith) is { } prefix)
        {
            text = text[prefix.Length..];
        }

        text = _synonyms.GetValueOrDefault(text, text);
        return text.Length <= Considered ? text : text[..Considered];
    }

    /// <summary>A regex that takes time in proportion to the text, whatever a play prints.</summary>
    private static Regex Linear(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
