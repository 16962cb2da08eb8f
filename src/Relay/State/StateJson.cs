using System.Text.Json.Serialization;
using Relay.Incidents;
using Relay.Reports;
using Relay.Text;

namespace Relay.State;

/// <summary>How the blobs of incidents are written.</summary>
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(Incident))]
internal sealed partial class StateJson : JsonSerializerContext
{
    public static StateJson Compact { get; } = new(CompactJson.Options(
        new JsonStringEnumConverter<EventKind>(),
        new JsonStringEnumConverter<NotificationKind>()));
}
