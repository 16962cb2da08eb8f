using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relay.Redaction;

/// <summary>Knows by the name of a value whether it is a secret: it is where the two would be masked in a line of text.</summary>
internal static partial class SecretValue
{
    private static readonly string[] NamesOfPairs = ["name", "Name", "NAME", "key", "Key", "KEY", "parameterKey", "ParameterKey"];
    private static readonly string[] ValuesOfPairs = ["value", "Value", "VALUE", "parameterValue", "ParameterValue"];

    /// <summary>What a property <c>value</c> beside it is the value of, or nothing.</summary>
    public static string NameOfPair(JsonElement value) =>
        NamesOfPairs.Select(name => value.TryGetProperty(name, out var named) && named.ValueKind == JsonValueKind.String ? Text(named) ?? "" : null)
            .FirstOrDefault(named => named is not null) ?? "";

    /// <summary>Whether a property holds a secret; where it is the value of a pair, the pair's name says so.</summary>
    public static bool IsSecret(JsonProperty property, string named) =>
        IsSecret(named.Length > 0 && ValuesOfPairs.Contains(property.Name) ? named : property.Name, property.Value);

    public static bool IsSecret(string name, JsonElement value)
    {
        if (GivesNothingAway(value))
        {
            return false;
        }

        var given = value.ValueKind switch
        {
            JsonValueKind.String => Text(value) ?? "",
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
        return Redactor.Text($"{name}={(Plain().IsMatch(given) ? given : "x7")}").EndsWith($"={Redactor.Mask}", StringComparison.Ordinal);
    }

    /// <summary>The text, or null where it is no valid Unicode and so cannot be looked at.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool GivesNothingAway(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => Text(value) is { } text && RedactionTable.Instance.Harmless.IsMatch(text),
        JsonValueKind.Number => false,
        _ => true,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9+/=_.:-]{1,200}\z")]
    private static partial Regex Plain();
}
