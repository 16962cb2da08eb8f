using System.Text;
using System.Text.Json;

namespace Relay.Redaction;

/// <summary>
/// Masks the secrets in what a play wrote, behind the callback, which has done so by the same table: an older one knows fewer
/// of them. No text takes more than linear time.
/// </summary>
public static class Redactor
{
    /// <summary>The text that stands where a secret was.</summary>
    public const string Mask = "[redacted]";

    /// <summary>The text with every secret masked.</summary>
    public static string Text(string text)
    {
        var table = RedactionTable.Instance;
        var first = text.AsSpan().IndexOfAny(table.Needles);
        if (first < 0)
        {
            return text;
        }

        // It begins and ends with a line break, so that no rule needs to know of its ends.
        var padded = $"\n{text}\n";
        var masked = new StringBuilder();
        var done = 1;
        foreach (var secret in SecretText.In(padded, first + 1, table))
        {
            masked.Append(padded, done, secret.Start.Value - done).Append(Mask);
            done = secret.End.Value;
        }

        return done == 1 ? text : masked.Append(padded, done, padded.Length - 1 - done).ToString();
    }

    /// <summary>The value of this name: masked as a whole where the name says that it is a secret, else as text.</summary>
    public static string Named(string name, string value) =>
        SecretValue.IsSecret(name, JsonSerializer.SerializeToElement(value)) ? Mask : Text(value);

    /// <summary>The value with what stands under secret names masked as a whole, and every other string as text.</summary>
    public static JsonElement Value(JsonElement value)
    {
        using var writer = new RedactionWriter();
        writer.Write(value);
        return writer.Changed ? JsonElement.Parse(writer.Written.Span) : value;
    }
}
