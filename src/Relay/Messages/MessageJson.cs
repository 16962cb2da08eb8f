using System.Text.Json.Serialization;
using Relay.Reports;
using Relay.Text;

namespace Relay.Messages;

/// <summary>How queue messages are written.</summary>
[JsonSerializable(typeof(RelayMessage))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    public static MessageJson Compact { get; } = new(CompactJson.Options(new JsonStringEnumConverter<EventKind>()));
}
