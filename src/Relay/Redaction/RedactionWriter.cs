using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relay.Redaction;

/// <summary>Writes JSON again with its secrets masked, and knows whether there were any.</summary>
internal sealed class RedactionWriter : IDisposable
{
    private const int Deepest = 50;

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
            case JsonValueKind.Object or JsonValueKind.Array when _json.CurrentDepth == Deepest:
                WriteText(Redactor.Mask, null);
                break;
            case JsonValueKind.Object:
                WriteObject(value);
                break;
            case JsonValueKind.Array:
                WriteArray(value);
                break;
            case JsonValueKind.String:
                var text = SecretValue.Text(value);
                WriteText(text is null ? Redactor.Mask : Redactor.Text(text), text);
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
        var named = SecretValue.NameOfPair(value);
        foreach (var property in value.EnumerateObject())
        {
            var name = Redactor.Text(property.Name);
            Changed |= name != property.Name;
            _json.WritePropertyName(name);
            if (SecretValue.IsSecret(property, named))
            {
                WriteText(Redactor.Mask, null);
            }
            else
            {
                Write(property.Value);
            }
        }

        _json.WriteEndObject();
    }

    private void WriteArray(JsonElement value)
    {
        _json.WriteStartArray();
        var items = value.EnumerateArray().ToList();
        var masked = SecretArguments.Of(items);
        for (var index = 0; index < items.Count; index++)
        {
            if (masked[index] is { } argument)
            {
                WriteText(argument, null);
            }
            else
            {
                Write(items[index]);
            }
        }

        _json.WriteEndArray();
    }

    private void WriteText(string masked, string? before)
    {
        Changed |= masked != before;
        _json.WriteStringValue(masked);
    }
}
