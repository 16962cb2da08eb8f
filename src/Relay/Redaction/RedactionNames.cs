using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>Which names say that their value is a secret, and which values are none whatever their name says.</summary>
public static class RedactionNames
{
    private const string Words =
        "(?i:passw(?:or)?ds?|passphrases?|secrets?|tokens?|credentials?|authorization|cookies?|api[_-]?keys?"
        + "|(?:access|account|private|secret|encryption|signing|master|functions|subscription)[_-]?keys?"
        + "|connection[_-]?strings?|sess(?:ion)?[_-]?id|secret[_-]?id|client[_-]?key[_-]?data|(?:store|key)pass)"
        + "|[_-](?i:pass|pwd|sas)|[a-z](?:Pass|Pwd|Sas)";

    private const string Ending = "(?:[_-]?(?i:value|string|hash|b64|base64|old|new|[0-9]{1,2}))?";

    /// <summary>The end of a secret name that stands out in prose, too; what comes before it does not matter. sudo's tag is none.</summary>
    internal const string InProse = $"(?:(?<none>NOPASSWD)|{Words}){Ending}";

    /// <summary>The end of any secret name. PWD in capitals is no password but a directory.</summary>
    internal const string Anywhere = $@"(?:{Words}|\b(?:pwd|Pwd|(?i:pass|sas))){Ending}";

    /// <summary>Options such as <c>--ask-pass</c> and <c>--no-password</c>, which take no value.</summary>
    internal const string OptionWithoutValue = "--?(?:ask|no)-[A-Za-z0-9-]*";

    private static readonly Regex SecretName = Create($"{Anywhere}$");

    private static readonly Regex SecretOption = Create($"^(?:(?<none>{OptionWithoutValue})|--?[A-Za-z0-9-]*{Anywhere})$");

    private static readonly Regex Harmless = Create(
        @"^(?i:true|false|yes|no|on|off|none|null|omit|always|never|on_create|[*!]*|[|>][+-]?|!vault [|>]-?),?$");

    /// <summary>Whether a key of this name holds a secret, by how the name ends.</summary>
    public static bool IsSecret(string name) => SecretName.IsMatch(name);

    /// <summary>Whether a command-line option of this name, without a value of its own, is followed by a secret.</summary>
    public static bool IsSecretOption(string option) =>
        SecretOption.Match(option) is { Success: true } match && !match.Groups["none"].Success;

    /// <summary>Whether a value gives nothing away even under a secret name: a switch, nothing at all, or a mask.</summary>
    public static bool IsHarmless(string value) => Harmless.IsMatch(value);

    private static Regex Create(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
