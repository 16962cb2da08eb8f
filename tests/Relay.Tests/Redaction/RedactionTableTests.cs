using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using Relay.Redaction;

namespace Relay.Tests.Redaction;

/// <summary>The rule table keeps to what two engines read alike, in linear time.</summary>
public sealed partial class RedactionTableTests
{
    private static readonly JsonNode Table = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules.json")))!; // Not `null`.

    /// <summary>Every pattern of the table, its parts put in, as the engines compile it.</summary>
    public static TheoryData<string> Patterns { get; } = [.. Rows().Select(row => (string)row["name"]!), "harmless", "bracket"];

    public static TheoryData<string> Names { get; } = [.. Rows().Select(row => (string)row["name"]!)];

    [Fact]
    public async Task Table_is_as_its_schema_says()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "rules.schema.json"), TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(Table.ToJsonString()));
        Assert.Equal(Names.Count, Names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Pattern_is_in_what_both_languages_read_alike(string name)
    {
        var pattern = Compiled(name);

        Assert.DoesNotMatch(@"\(\?[^:]", NoClasses(pattern)); // No look-around, no named group, no option, no atomic group.
        Assert.DoesNotMatch(@"(?<!\\)(?:\\\\)*\\[wWdDsSbBAzZGpPk1-9]", pattern);
        Assert.DoesNotContain(".", NoClasses(pattern), StringComparison.Ordinal); // A dot is written as a class of its own.
        Assert.DoesNotMatch(@"[*+?}]\+", NoClasses(pattern)); // No possessive quantifier, which Python has since 3.11 only.
        Assert.DoesNotMatch(@"[\^$]", NoClasses(pattern)); // The sentinels at both ends are there instead.
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Class_that_repeats_a_bounded_number_of_times_is_one_of_ASCII(string name) =>
        Assert.DoesNotMatch(@"\[\^(?:\\.|[^\]\\])*\]\{", Compiled(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Pattern_has_no_unbounded_repeat_before_its_needle(string name)
    {
        var row = Row(name);
        var lead = Regex.Match(Compiled(name), @"\A(?:\(|\?:|\[(?:\\.|[^\]\\])*\]|\\.|\{[0-9,]+\}|\?|\|)*").Value;

        Assert.DoesNotMatch(@"\][*+]", lead);
        Assert.True(row["lead"] is null || row["between"] is null, "a lead is fixed or has characters of its own");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_is_masked_and_its_opposite_is_not(string name)
    {
        var row = Row(name);
        var example = row["masks"] is { } masks ? Expanded(masks) : "";
        var kept = Expanded(row["keeps"]!); // The schema requires it.

        var masked = Redactor.Text(example.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal));

        Assert.Equal(Secret().Replace(example, Redactor.Mask), masked);
        Assert.Equal(masked, Redactor.Text(masked));
        Assert.Equal(kept, Redactor.Text(kept));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pattern_is_linear_in_every_class_that_it_repeats(string name)
    {
        var pattern = new RedactionRule(0, System.Text.Json.JsonSerializer.SerializeToElement(Row(name)), RedactionTable.Instance.Compile);
        var needles = Row(name)["needles"]!.AsArray().Select(needle => (string)needle!).Take(3);
        var repeated = RepeatedClass().Matches(Compiled(name)).Select(match => match.Groups[1].Value).Distinct().Take(40).ToList();

        foreach (var needle in needles)
        {
            foreach (var one in repeated)
            {
                var letter = Enumerable.Range(32, 95).Select(code => (char)code).FirstOrDefault(letter => Regex.IsMatch($"{letter}", one), '\n');
                var text = $"\n\"{needle}=\"{new string(letter, 1 << 16)}\n";
                var before = Environment.CpuUsage.TotalTime;
                pattern.MatchAt(text, 2, 0);
                Assert.True(Environment.CpuUsage.TotalTime - before < TimeSpan.FromSeconds(2), $"{needle} and 64 KiB of {letter}");
            }
        }
    }

    private static IEnumerable<JsonNode> Rows() => Table["rules"]!.AsArray().Select(row => row!); // The schema requires both.

    private static JsonNode Row(string name) => Rows().Single(row => (string)row["name"]! == name);

    private static string Compiled(string name) =>
        RedactionTable.Instance.Compile((string)(name is "harmless" or "bracket" ? Table[name] : Row(name)["pattern"])!).ToString();

    private static string NoClasses(string pattern) => Regex.Replace(pattern, @"\[(?:\\.|[^\]\\])*\]|\\.", "c");

    /// <summary>Pieces put together, and <c>{hex:8}</c> made that many characters.</summary>
    private static string Expanded(JsonNode example) =>
        RedactionExamples.Expanded(example is JsonArray pieces ? string.Concat(pieces.Select(piece => (string)piece!)) : (string)example!);

    [GeneratedRegex("«[^»]*»")]
    private static partial Regex Secret();

    [GeneratedRegex(@"(\[(?:\\.|[^\]\\])*\])(?:[*+]|\{)")]
    private static partial Regex RepeatedClass();
}
