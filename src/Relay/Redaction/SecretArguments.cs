using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>Masks in a list what would be masked if it were the words of a command.</summary>
internal static partial class SecretArguments
{
    /// <summary>For each item what it is when masked, or null where nothing of it is; for all where a rule goes over several words.</summary>
    public static IReadOnlyList<string?> Of(IReadOnlyList<JsonElement> items)
    {
        var words = items.Select(item => item.ValueKind == JsonValueKind.String ? Word(SecretValue.Text(item)) : "x").ToList();
        var masked = Redactor.Text(string.Join(' ', words)).Split(' ');
        return masked.Length != words.Count
            ? new string?[items.Count]
            : [.. items.Select((item, index) => words[index] == masked[index] ? null : Masked(item, masked[index]))];
    }

    private static string Word(string? argument) => string.IsNullOrEmpty(argument) ? "x" : NoWord().Replace(argument, "x");

    private static string? Masked(JsonElement item, string word) =>
        SecretValue.Text(item) is { } text ? text[..word.IndexOf(Redactor.Mask, StringComparison.Ordinal)] + Redactor.Mask : null;

    [GeneratedRegex("[\0- \"'`;&|<>\\\\]")]
    private static partial Regex NoWord();
}
