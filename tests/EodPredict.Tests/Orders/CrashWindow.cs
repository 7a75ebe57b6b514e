namespace EodPredict.Tests.Orders;

/// <summary>The moments at which other ways to give out ids have given one out twice.</summary>
public enum CrashWindow
{
    /// <summary>A server dies while an open transaction holds the log record of the sequence (a committed nextval comes again).</summary>
    OpenTransaction,

    /// <summary>A database is cloned and its server dies (the clone's sequences fall back).</summary>
    Clone,

    /// <summary>A server dies between the commit of a lease and the reply.</summary>
    LostReply,

    /// <summary>A primary dies and its synchronous standby is promoted.</summary>
    SynchronousPromotion,

    /// <summary>A primary dies and a standby that lagged is promoted; clients ask again for what they hold.</summary>
    AsynchronousPromotion,

    /// <summary>A backup is restored that knows nothing of the last ids.</summary>
    Restore,

    /// <summary>The database is dropped and made anew.</summary>
    DropAndRecreate,

    /// <summary>The database is dropped and made anew with the clock an hour behind.</summary>
    DropAndRecreateClockBack,

    /// <summary>The server dies and comes back with its clock an hour behind.</summary>
    ClockBack,
}
