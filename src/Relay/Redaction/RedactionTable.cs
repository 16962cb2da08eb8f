using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>The rule table, <c>rules.json</c>: all there is to know about secrets. The callback carries the same one.</summary>
internal sealed partial class RedactionTable
{
    private static readonly Lazy<RedactionTable> Embedded = new(Read);

    private readonly Dictionary<string, string> _parts;
    private readonly Dictionary<int, (string Needle, RedactionRule Rule)[]> _byBeginning;

    private RedactionTable(JsonElement table)
    {
        _parts = table.GetProperty("parts").EnumerateObject().ToDictionary(part => part.Name, part => part.Value.ToString());
        Rules = [.. table.GetProperty("rules").EnumerateArray().Select((row, order) => new RedactionRule(order, row, Compile))];
        Harmless = Compile($@"\A(?:{table.GetProperty("harmless")})\z");
        Bracket = Compile(table.GetProperty("bracket").ToString());
        _byBeginning = Rules.SelectMany(rule => rule.Needles.Select(needle => (needle, rule)))
            .GroupBy(pair => Beginning(pair.needle, 0)).ToDictionary(pairs => pairs.Key, pairs => pairs.ToArray());
        Needles = SearchValues.Create([.. Rules.SelectMany(rule => rule.Needles)], StringComparison.OrdinalIgnoreCase);
    }

    public static RedactionTable Instance => Embedded.Value;

    public IReadOnlyList<RedactionRule> Rules { get; }

    /// <summary>Finds what is no secret whatever stands before it: a switch, a reference, a path, a sentence.</summary>
    public Regex Harmless { get; }

    /// <summary>Finds a bracket, or a string that may hold some.</summary>
    public Regex Bracket { get; }

    /// <summary>What every text is searched for, and nearly none has.</summary>
    public SearchValues<string> Needles { get; }

    /// <summary>The rules with a needle that begins here, in the order of the table.</summary>
    public IEnumerable<RedactionRule> RulesAt(string text, int start)
    {
        var before = -1;
        foreach (var (needle, rule) in _byBeginning.GetValueOrDefault(Beginning(text, start)) ?? [])
        {
            if (rule.Order != before && IsAt(text, start, needle))
            {
                before = rule.Order;
                yield return rule;
            }
        }
    }

    /// <summary>Puts the parts into a pattern, and both cases of what stands in <c>%i:…%</c>.</summary>
    public Regex Compile(string pattern)
    {
        while (pattern.Contains('%', StringComparison.Ordinal))
        {
            pattern = Part().Replace(pattern, part => part.Groups[1].Success ? BothCases(part.Groups[2].Value) : _parts[part.Groups[2].Value]);
        }

        return new Regex(pattern, RegexOptions.CultureInvariant);
    }

    private static int Beginning(string text, int start) =>
        char.ToUpperInvariant(text[start]) << 16 | char.ToUpperInvariant(text[start + 1]);

    private static bool IsAt(string text, int start, string needle) =>
        text.Length - start >= needle.Length && text.AsSpan(start, needle.Length) is var found
        && (needle.AsSpan().ContainsAnyInRange('A', 'Z') ? found.SequenceEqual(needle) : System.Text.Ascii.EqualsIgnoreCase(found, needle));

    private static string BothCases(string letters) => Letter().Replace(letters, letter => $"[{letter.Value.ToUpperInvariant()}{letter}]");

    private static RedactionTable Read()
    {
        using var stream = typeof(RedactionTable).Assembly.GetManifestResourceStream("Relay.Redaction.rules.json")
            ?? throw new InvalidOperationException("The rule table is not embedded.");
        using var table = JsonDocument.Parse(stream);
        return new RedactionTable(table.RootElement.Clone());
    }

    [GeneratedRegex("%(i:)?([^%]*)%")]
    private static partial Regex Part();

    [GeneratedRegex("[a-z]")]
    private static partial Regex Letter();
}
