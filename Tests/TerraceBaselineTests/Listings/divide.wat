;; Division: a test for zero, and the fault of the one overflowing case is the trap. A remainder by -1 is 0 without dividing.
(module
  (func (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.div_s
    local.get 0
    local.get 1
    i32.rem_s
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 3a 00 00 00               jb 0x51
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;   local.get 0
;;   local.get 1
;;   i32.div_s
;;     | 0020  89 d8                           mov eax, ebx
;;     | 0022  45 85 e4                        test r12d, r12d
;;     | 0025  0f 84 28 00 00 00               je 0x53
;;     | 002b  99                              cdq
;;     | 002c  41 f7 fc                        idiv r12d
;;   local.get 0
;;   local.get 1
;;   i32.rem_s
;;     | 002f  89 c7                           mov edi, eax
;;     | 0031  89 d8                           mov eax, ebx
;;     | 0033  45 85 e4                        test r12d, r12d
;;     | 0036  0f 84 19 00 00 00               je 0x55
;;     | 003c  31 d2                           xor edx, edx
;;     | 003e  41 83 fc ff                     cmp r12d, -1
;;     | 0042  75 02                           jne 0x46
;;     | 0044  eb 04                           jmp 0x4a
;;     | 0046  99                              cdq
;;     | 0047  41 f7 fc                        idiv r12d
;;   i32.add
;;     | 004a  01 d7                           add edi, edx
;;   end
;;     | 004c  48 89 f8                        mov rax, rdi
;;     | 004f  c9                              leave
;;     | 0050  c3                              ret
;;   behind the function
;;     | 0051  0f 0b                           ud2
;;     | 0053  0f 0b                           ud2
;;     | 0055  0f 0b                           ud2
