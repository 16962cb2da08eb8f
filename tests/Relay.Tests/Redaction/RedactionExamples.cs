using System.Text.RegularExpressions;

namespace Relay.Tests.Redaction;

/// <summary>Makes what looks like a secret out of <c>{hex:32}</c>, so that no scanner finds anything in the repository.</summary>
internal static partial class RedactionExamples
{
    private static readonly Dictionary<string, string> Alphabets = new()
    {
        ["alnum"] = "a1B2c3D4e5", ["b64"] = "aB3+cD/4eF", ["hex"] = "0f1e2d3c", ["upper"] = "A2B3C4", ["digits"] = "123456", ["url"] = "a1-B2_c3",
    };

    public static string Expanded(string template) => Placeholder().Replace(template, match =>
    {
        var alphabet = Alphabets[match.Groups[1].Value];
        return string.Concat(Enumerable.Range(0, int.Parse(match.Groups[2].Value, null)).Select(index => alphabet[index % alphabet.Length]));
    });

    [GeneratedRegex(@"\{([a-z0-9]+):(\d+)\}")]
    private static partial Regex Placeholder();
}
