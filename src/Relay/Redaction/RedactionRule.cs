using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>
/// One form that secrets take in text. What its group <c>secret</c> matches is masked, the rest of the match stays;
/// a match with a group <c>none</c> stays whole.
/// </summary>
public sealed class RedactionRule
{
    /// <summary>The text that stands where a secret was.</summary>
    public const string Mask = "[redacted]";

    internal RedactionRule(string name, string pattern)
    {
        Name = name;
        Pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    /// <summary>What the secret is, for people.</summary>
    public string Name { get; }

    /// <summary>Finds the secret in time linear in the text, whatever the text is.</summary>
    public Regex Pattern { get; }

    /// <summary>The text with every such secret masked.</summary>
    public string Apply(string text) => Pattern.Replace(text, Masked);

    private static string Masked(Match match)
    {
        var secret = match.Groups["secret"];
        if (!secret.Success || match.Groups["none"].Success || RedactionNames.IsHarmless(secret.Value))
        {
            return match.Value;
        }

        var start = secret.Index - match.Index;
        return string.Concat(match.ValueSpan[..start], Mask, match.ValueSpan[(start + secret.Length)..]);
    }
}
