using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>One form of secret. What the groups of its pattern match is masked; a match without a group says that there is none.</summary>
internal sealed class RedactionRule
{
    /// <summary>How far before its needle a match can begin.</summary>
    private const int FurthestBefore = 100;

    private readonly Lazy<Regex> _pattern;
    private readonly int _lead;
    private readonly SearchValues<char>? _between;

    public RedactionRule(int order, JsonElement row, Func<string, Regex> compile)
    {
        Order = order;
        Needles = [.. row.GetProperty("needles").EnumerateArray().Select(needle => needle.ToString())];
        Swallows = Text(row, "swallows");
        _between = row.TryGetProperty("between", out var between) ? SearchValues.Create(between.ToString()) : null;
        _lead = row.TryGetProperty("lead", out var lead) ? lead.GetInt32() : 0;
        // Compiled when the first of its needles is seen: a cold start pays for none.
        _pattern = new Lazy<Regex>(() => compile($@"\G(?:{row.GetProperty("pattern")})"));
    }

    /// <summary>Its place in the table: of two rules at one place the earlier one comes first.</summary>
    public int Order { get; }

    /// <summary>The texts without one of which the pattern cannot match; one in lower case stands for any case.</summary>
    public IReadOnlyList<string> Needles { get; }

    /// <summary>The characters before a secret that belong to it, too.</summary>
    public string Swallows { get; }

    /// <summary>The match with this needle, if there is one that begins where the text is free.</summary>
    public Match MatchAt(string text, int needle, int free)
    {
        var start = needle - _lead;
        if (_between is not null)
        {
            var first = Math.Max(free, needle - FurthestBefore);
            start = first + text.AsSpan(first, needle - first).LastIndexOfAnyExcept(_between);
        }

        return start < free ? Match.Empty : _pattern.Value.Match(text, start);
    }

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var text) ? text.ToString() : "";
}
