using System.Text.Json.Serialization;
using Relay.Text;

namespace Relay.Delivery;

/// <summary>How the blob of a route is written.</summary>
[JsonSerializable(typeof(RouteState))]
internal sealed partial class DeliveryJson : JsonSerializerContext
{
    public static DeliveryJson Compact { get; } = new(CompactJson.Options());
}
