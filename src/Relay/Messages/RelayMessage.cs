using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relay.Messages;

/// <summary>What the queue carries: events that came in, or a flush that is due.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(EventsMessage), "events/1")]
[JsonDerivedType(typeof(FlushMessage), "flush/1")]
public abstract record RelayMessage
{
    /// <summary>How often it was put back into the queue since storage did not answer; null for never.</summary>
    public int? Postponed { get; init; }

    /// <summary>The message as the queue carries it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, MessageJson.Compact.RelayMessage);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no message of this relay, or of a version that it does not know.</exception>
    public static RelayMessage Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MessageJson.Compact.RelayMessage)
                ?? throw new JsonException("A message must be an object.");
        }
        catch (NotSupportedException e)
        {
            throw new JsonException("A message must say what type it is.", e);
        }
    }
}
