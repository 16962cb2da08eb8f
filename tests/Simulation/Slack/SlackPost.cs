using Relay.Routes;
using Simulation.Hosting;

namespace Simulation.Slack;

/// <summary>A post as it arrived at Slack.</summary>
/// <param name="Wait">How long there are to be no more posts then; null if Slack has said nothing of the kind.</param>
internal sealed record SlackPost(DateTimeOffset At, Destination Destination, Work Work, TimeSpan? Wait);
