using System.Text.Json;

namespace Relay.Reports;

/// <summary>The JSON of a report, before its fields are looked at.</summary>
internal static class ReportDocument
{
    private const int Deepest = 32;

    /// <summary>Parses a JSON object in which every text is valid Unicode; null, and a problem, where it is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, FieldProblems problems)
    {
        try
        {
            RequireUnicode(json.Span);
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            problems.Add(new("$", "must be an object"));
        }
        catch (JsonException e)
        {
            // The exception's own message would repeat a piece of the body.
            var place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            problems.Add(new("$", $"must be JSON at most {Deepest} levels deep; it is not at {place}"));
        }
        catch (InvalidOperationException)
        {
            problems.Add(new("$", "must be valid Unicode; a text or a name in it is not"));
        }

        return null;
    }

    /// <summary>JsonDocument finds invalid UTF-8 and lone surrogates only when a text is read; this reads them all.</summary>
    /// <exception cref="InvalidOperationException">A text is not valid Unicode.</exception>
    private static void RequireUnicode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }
}
