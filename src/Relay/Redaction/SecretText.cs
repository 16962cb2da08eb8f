using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>Finds where the secrets of a text are.</summary>
internal static class SecretText
{
    /// <summary>From where to where, in order; <paramref name="first"/> is the first needle.</summary>
    public static IEnumerable<Range> In(string text, int first, RedactionTable table)
    {
        var free = 1;
        for (var needle = first; needle >= 0; needle = Next(text, Math.Max(needle + 1, free), table))
        {
            foreach (var rule in table.RulesAt(text, needle))
            {
                if (needle < free || rule.MatchAt(text, needle, free - 1) is not { Success: true } match)
                {
                    continue;
                }

                var groups = match.Groups.Values.Skip(1).Where(group => group.Success).ToList();
                if (groups.Count == 0)
                {
                    free = Math.Max(free, match.Index + match.Length);
                }

                foreach (var group in groups)
                {
                    var end = group.ValueSpan is "[" or "{" ? Closed(text, group.Index, table) : Math.Min(group.Index + group.Length, text.Length - 1);
                    var start = group.Index;
                    if (rule.Swallows.Length > 0)
                    {
                        start = free + text.AsSpan(free, start - free).TrimEnd(rule.Swallows).Length;
                    }

                    if (!table.Harmless.IsMatch(text.AsSpan(start, end - start)))
                    {
                        yield return start..end;
                        free = end;
                    }
                }
            }
        }
    }

    private static int Next(string text, int start, RedactionTable table) =>
        text.AsSpan(start).IndexOfAny(table.Needles) is >= 0 and var next ? start + next : -1;

    /// <summary>Where the list or object that opens here is closed, or the end of the text, which may be cut off.</summary>
    private static int Closed(string text, int opening, RedactionTable table)
    {
        var depth = 0;
        foreach (var bracket in table.Bracket.EnumerateMatches(text, opening))
        {
            depth += text[bracket.Index] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return bracket.Index + bracket.Length;
            }
        }

        return text.Length - 1;
    }
}
