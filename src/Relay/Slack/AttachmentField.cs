namespace Relay.Slack;

/// <summary>A titled value; short ones stand two in a row.</summary>
public sealed record AttachmentField(string Title, string Value, bool Short);
