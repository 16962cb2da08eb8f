namespace Relay.Text;

/// <summary>What went wrong, in one line.</summary>
public static class FirstLine
{
    /// <summary>The first line of the message: the Azure SDK's go on with every header of the reply.</summary>
    public static string Of(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
