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
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 3c 00 00 00               jb +0x53
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   local.get 1
;;   i32.div_s
;;     | 0020  44 89 d0                        mov eax, r10d
;;     | 0023  45 85 c9                        test r9d, r9d
;;     | 0026  0f 84 29 00 00 00               je +0x55
;;     | 002c  99                              cdq
;;     | 002d  41 f7 f9                        idiv r9d
;;   local.get 0
;;   local.get 1
;;   i32.rem_s
;;     | 0030  89 c7                           mov edi, eax
;;     | 0032  44 89 d0                        mov eax, r10d
;;     | 0035  45 85 c9                        test r9d, r9d
;;     | 0038  0f 84 19 00 00 00               je +0x57
;;     | 003e  31 d2                           xor edx, edx
;;     | 0040  41 83 f9 ff                     cmp r9d, -1
;;     | 0044  75 02                           jne +0x48
;;     | 0046  eb 04                           jmp +0x4c
;;     | 0048  99                              cdq
;;     | 0049  41 f7 f9                        idiv r9d
;;   i32.add
;;     | 004c  01 d7                           add edi, edx
;;   end
;;     | 004e  48 89 f8                        mov rax, rdi
;;     | 0051  c9                              leave
;;     | 0052  c3                              ret
;;   behind the function
;;     | 0053  0f 0b                           ud2
;;     | 0055  0f 0b                           ud2
;;     | 0057  0f 0b                           ud2
