;; br_on_null tests the reference and keeps it on the path where it is not null.
(module
  (type $t (func))
  (func (param (ref null $t))
    block
      local.get 0
      br_on_null 0
      call_ref $t
    end))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 31 00 00 00               jb +0x48
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   block
;;     local.get 0
;;     br_on_null 0
;;     | 001d  4c 89 d7                        mov rdi, r10
;;     | 0020  48 85 ff                        test rdi, rdi
;;     | 0023  0f 84 1d 00 00 00               je +0x46
;;     call_ref 0
;;     | 0029  48 89 f8                        mov rax, rdi
;;     | 002c  4c 8b 70 08                     mov r14, [rax + 8]
;;     | 0030  4c 8b 18                        mov r11, [rax]
;;     | 0033  4d 8b 7e 10                     mov r15, [r14 + 16]
;;     | 0037  41 ff 13                        call [r11]
;;     | 003a  4c 8b 75 f8                     mov r14, [rbp - 8]
;;     | 003e  4d 8b 7e 10                     mov r15, [r14 + 16]
;;   end
;;     | 0042  4c 8b 55 d8                     mov r10, [rbp - 40]
;;   end
;;     | 0046  c9                              leave
;;     | 0047  c3                              ret
;;   behind the function
;;     | 0048  0f 0b                           ud2
