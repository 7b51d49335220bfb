console.log('gateway-queue');
