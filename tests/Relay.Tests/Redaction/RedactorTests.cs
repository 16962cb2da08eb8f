using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Relay.Redaction;

namespace Relay.Tests.Redaction;

/// <summary>The table of cases that the callback's masking is held to as well.</summary>
public sealed partial class RedactorTests
{
    private static readonly JsonNode Cases = Read();

    public static TheoryData<string> TextCases { get; } = [.. Names("text")];

    public static TheoryData<string> ValueCases { get; } = [.. Names("values")];

    [Theory]
    [MemberData(nameof(TextCases))]
    public void Text_is_masked(string name)
    {
        var (input, output) = Case("text", name, "input", "output");

        var masked = Redactor.Text(input.GetString() ?? "");

        Assert.Equal(output.GetString(), masked);
        Assert.Equal(masked, Redactor.Text(masked));
    }

    [Theory]
    [MemberData(nameof(ValueCases))]
    public void Value_is_masked(string name)
    {
        var (value, expected) = Case("values", name, "value", "masked");

        var masked = Redactor.Value(value);

        Assert.True(JsonElement.DeepEquals(expected, masked), masked.GetRawText());
        Assert.True(JsonElement.DeepEquals(masked, Redactor.Value(masked)), "masked twice");
    }

    [Fact]
    public void Text_of_all_cases_together_is_masked_once()
    {
        var texts = Names("text").Select(name => Case("text", name, "input", "output").Input.GetString()).ToArray();
        var random = new Random(1);

        for (var round = 0; round < 300; round++)
        {
            var parts = Enumerable.Range(0, 4).Select(_ => texts[random.Next(texts.Length)]);
            var text = string.Join(" \n,\"="[random.Next(5)], parts);
            var cut = text[random.Next(text.Length / 2)..];

            var masked = Redactor.Text(cut);

            Assert.Equal(masked, Redactor.Text(masked));
        }
    }

    [Fact]
    public void Value_with_invalid_Unicode_is_masked_whole()
    {
        var value = JsonElement.Parse("""{"stdout": "\ud800 hunter2", "ok": 1}""");

        var masked = Redactor.Value(value);

        Assert.Equal("""{"stdout":"[redacted]","ok":1}""", masked.GetRawText());
    }

    private static IEnumerable<string> Names(string table) =>
        Cases[table]!.AsArray().Select(row => (string)row!["name"]!); // The file is ours: a row without a name must fail.

    private static (JsonElement Input, JsonElement Output) Case(string table, string name, string input, string output)
    {
        var row = Cases[table]!.AsArray().Single(row => (string)row!["name"]! == name)!.AsObject(); // As above.
        return (Expand(row[input]), Expand(row.TryGetPropertyValue(output, out var given) ? given : row[input]));
    }

    /// <summary>The two rules that the file's `about` describes.</summary>
    private static JsonElement Expand(JsonNode? template)
    {
        var text = template?.ToJsonString() ?? "null";
        text = Placeholder().Replace(text, match =>
        {
            var alphabet = (string)Cases["alphabets"]![match.Groups[1].Value]!; // An unknown alphabet must fail.
            return string.Concat(Enumerable.Range(0, int.Parse(match.Groups[2].Value, null)).Select(i => alphabet[i % alphabet.Length]));
        });
        return JsonElement.Parse(text.Replace("{_}", "", StringComparison.Ordinal));
    }

    private static JsonNode Read() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "redaction-cases.json")))!; // The file is not `null`.

    [GeneratedRegex(@"\{(\w+):(\d+)\}")]
    private static partial Regex Placeholder();
}
