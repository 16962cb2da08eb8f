using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Relay.Redaction;

/// <summary>
/// Masks the secrets in what a play said: the second line behind the callback, which masks by the same table of
/// cases. Masking what is masked changes nothing, and no text takes more than linear time.
/// </summary>
public static class Redactor
{
    /// <summary>The text with every secret masked; a text that is JSON as a whole is masked by its keys, too.</summary>
    public static string Text(string text)
    {
        if (TryParse(text, out var document))
        {
            using (document)
            {
                using var writer = new RedactionWriter();
                writer.Write(document.RootElement);
                return writer.Changed ? Encoding.UTF8.GetString(writer.Written.Span) : text;
            }
        }

        foreach (var rule in RedactionRules.All)
        {
            text = rule.Apply(text);
        }

        return text;
    }

    /// <summary>The value with what stands under secret keys masked as a whole, at any depth, and every other string as text.</summary>
    public static JsonElement Value(JsonElement value)
    {
        using var writer = new RedactionWriter();
        writer.Write(value);
        return writer.Changed ? JsonElement.Parse(writer.Written.Span) : value;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (!LooksLikeJson(text.AsSpan().Trim()))
        {
            return false;
        }

        try
        {
            document = JsonDocument.Parse(text);
            return true;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            // Cut off, too deep, or no valid Unicode: it is masked as text.
            return false;
        }
    }

    // Refuses what cannot be JSON with a secret in it, so that the exception stays rare.
    private static bool LooksLikeJson(ReadOnlySpan<char> text) =>
        text is ['{', .., '}'] or ['[', .., ']']
        && text.Length >= """{"sas":"x"}""".Length
        && (text[0] == '{' ? "\"" : "[{\"-0123456789tfn").Contains(text[1..].TrimStart()[0], StringComparison.Ordinal);
}
