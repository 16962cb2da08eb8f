using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relay.Redaction;

/// <summary>Writes JSON again with its secrets masked, and knows whether there were any.</summary>
internal sealed class RedactionWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public RedactionWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>Whether anything was masked.</summary>
    public bool Changed { get; private set; }

    /// <summary>What has been written, as UTF-8.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            _json.Flush();
            return _buffer.WrittenMemory;
        }
    }

    public void Write(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value);
                break;
            case JsonValueKind.Array:
                WriteArray(value);
                break;
            case JsonValueKind.String:
                Write(Text(value), Redactor.Text);
                break;
            default:
                value.WriteTo(_json);
                break;
        }
    }

    public void Dispose() => _json.Dispose();

    private void WriteObject(JsonElement value)
    {
        _json.WriteStartObject();
        var nameOfValue = NameOfValue(value);
        foreach (var property in value.EnumerateObject())
        {
            var name = Redactor.Text(property.Name);
            Changed |= name != property.Name;
            _json.WritePropertyName(name);
            if (RedactionNames.IsSecret(property.NameEquals("value") ? nameOfValue : property.Name) && !IsHarmless(property.Value))
            {
                WriteMask();
            }
            else
            {
                Write(property.Value);
            }
        }

        _json.WriteEndObject();
    }

    /// <summary>What a property <c>value</c> is the value of: it may be one of a list of pairs of a name and a value.</summary>
    private static string NameOfValue(JsonElement pair)
    {
        string[] names = ["name", "key"];
        var named = names.Select(name =>
            pair.TryGetProperty(name, out var named) && named.ValueKind == JsonValueKind.String ? Text(named) : null);
        return named.FirstOrDefault(name => !string.IsNullOrEmpty(name)) ?? "value";
    }

    private void WriteArray(JsonElement value)
    {
        var arguments = new RedactionArguments();
        _json.WriteStartArray();
        foreach (var element in value.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                Write(Text(element), arguments.Next);
            }
            else
            {
                Write(element);
            }
        }

        _json.WriteEndArray();
    }

    private void Write(string? text, Func<string, string> redact)
    {
        var masked = text is null ? RedactionRule.Mask : redact(text);
        Changed |= masked != text;
        _json.WriteStringValue(masked);
    }

    private void WriteMask()
    {
        Changed = true;
        _json.WriteStringValue(RedactionRule.Mask);
    }

    /// <summary>The text, or null where it is no valid Unicode and so cannot be looked at.</summary>
    private static string? Text(JsonElement value)
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

    private static bool IsHarmless(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.String => Text(value) is { } text && (text == RedactionRule.Mask || RedactionNames.IsHarmless(text)),
        JsonValueKind.Number => false,
        _ => true,
    };
}
