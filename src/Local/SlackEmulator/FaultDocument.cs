using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Local.SlackEmulator;

/// <summary>Reads <c>PUT /slack/faults</c>. A field that nobody knows is an error: no test may pass because of a typo.</summary>
public static class FaultDocument
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static bool TryParse(string body, [NotNullWhen(true)] out Fault? fault, [NotNullWhen(false)] out string? reason)
    {
        fault = null;
        try
        {
            fault = JsonSerializer.Deserialize<Fault>(body, Strict);
            reason = fault is null ? "a fault is a JSON object" : FaultRules.Refuse(fault);
        }
        catch (JsonException e)
        {
            reason = $"not a fault: a field that is unknown, missing, doubled or of the wrong type at {e.Path ?? "$"}";
        }

        return reason is null && fault is not null;
    }
}
