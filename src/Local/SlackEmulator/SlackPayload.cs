using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Local.SlackEmulator;

/// <summary>The JSON object of one post: valid JSON all through, nothing else is known of it.</summary>
public sealed record SlackPayload
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private SlackPayload(JsonElement json) => Json = json;

    public JsonElement Json { get; }

    public static bool TryParse(string body, [NotNullWhen(true)] out SlackPayload? payload)
    {
        payload = null;
        try
        {
            if (JsonNode.Parse(body, documentOptions: Strict) is JsonObject json)
            {
                payload = From(json);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair passes the parser and fails when the text is read: both mean "this is not JSON".
            return false;
        }

        return payload is not null;
    }

    /// <summary>The text of a property, null when it is absent, empty or something else than text.</summary>
    public string? TextOf(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>A property, null when it is absent or JSON's null.</summary>
    public JsonElement? ValueOf(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public SlackPayload With(string name, JsonNode? value)
    {
        // Only an object gets past TryParse.
        var json = JsonObject.Create(Json)!;
        json[name] = value;
        return From(json);
    }

    private static SlackPayload From(JsonObject json) => new(JsonSerializer.SerializeToElement(json));
}
